"""The shop itself: profile, people, price list, places."""
