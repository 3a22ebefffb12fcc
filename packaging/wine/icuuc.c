/* icuuc.dll, for trying under Wine only: Windows has it from Windows 10 on, Wine 8 has none, and Qt does not
   load without it. names.h, made from Qt's own list of imports, holds a line NAME(x) for each function.

   Qt asks it for converters of old eight-bit encodings, of which the program needs none: no converter
   is ever found, and what would work on one is never called. */
#define U_FILE_ACCESS_ERROR 4
#define PUBLIC __declspec(dllexport)
#define NAME(x) PUBLIC void *x(void) { return 0; }
#include "names.h"

PUBLIC void *ucnv_open(const char *name, int *error) {
  (void)name;
  if (error) *error = U_FILE_ACCESS_ERROR;
  return 0;
}
