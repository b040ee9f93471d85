"""Wire formats: what Tearline hands to other programs, each shape versioned and documented."""
