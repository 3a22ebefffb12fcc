"""Views: what screens, threads and papers see of the shop; frozen, loaded whole."""
