"""How the shop's folder is stored; the only floor that knows the database's dialect."""
