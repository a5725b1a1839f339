"""Values become words here."""
