"""The association's public front: home, about, news, accessibility."""
