"""The review in a browser: a small server, its pages, and what keeps others out."""
