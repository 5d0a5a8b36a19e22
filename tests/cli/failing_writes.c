/* Preloaded: of all calls that write to a file, the FAIL_AFTER-th and all later ones fail with errno FAIL_WITH,
   as if the disk had gone (EIO), were full (ENOSPC) or its quota used up (EDQUOT). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static int fails(int file) {
  struct stat status;
  const char* after = getenv("FAIL_AFTER");
  if (after == NULL || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  if (__atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) < atol(after)) return 0;
  errno = atoi(getenv("FAIL_WITH"));
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void* bytes, size_t size) {
  return fails(file) ? -1 : REAL(write)(file, bytes, size);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return fails(file) ? -1 : REAL(pwrite)(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  return fails(file) ? -1 : REAL(pwrite64)(file, bytes, size, at);
}
int ftruncate(int file, off_t size) { return fails(file) ? -1 : REAL(ftruncate)(file, size); }
int ftruncate64(int file, off64_t size) { return fails(file) ? -1 : REAL(ftruncate64)(file, size); }
int fsync(int file) { return fails(file) ? -1 : REAL(fsync)(file); }
