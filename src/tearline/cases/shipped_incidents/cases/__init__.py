"""Cases that only a shipped incident is about: nothing is proposed in them that was not already out."""
