"""The window, in Qt; it calls services and jobs, never tables."""
