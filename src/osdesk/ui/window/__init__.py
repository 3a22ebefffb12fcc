"""The main window: navigation, keys, start and end; it alone imports the pages."""
