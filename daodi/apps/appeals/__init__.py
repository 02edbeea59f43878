"""The portal: where residents ask, follow, judge and ask again."""
