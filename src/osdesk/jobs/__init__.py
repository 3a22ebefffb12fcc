"""User actions across floors, without Qt; commands and window both call them."""
