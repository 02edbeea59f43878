"""What everybody may read of a matter: masked, agreed to, and confirmed by somebody."""
