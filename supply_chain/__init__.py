"""What Edgewise is made of besides its own code: locked, searched for known holes, and written down."""
