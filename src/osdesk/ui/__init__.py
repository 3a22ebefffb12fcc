"""The window, in Qt; it knows services and jobs, never tables."""
