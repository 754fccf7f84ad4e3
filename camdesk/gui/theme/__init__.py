"""The look: tokens, fonts, icons, palette and style sheet, light and dark."""
