"""Facts of Chinese, Russian and English as tables, read by small functions."""
