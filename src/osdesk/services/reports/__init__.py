"""Dashboard, reports, closed months."""
