# CMake 3.25 does not know this system by itself; there is nothing to say of it.
