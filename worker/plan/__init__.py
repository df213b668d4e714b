"""What is to be made, decided before anything is made. Pure: facts and a config in, a plan out."""
