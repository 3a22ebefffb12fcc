/* python.exe, for trying under Wine only: the wheel that python311.dll comes from holds no program.
   Linked to that very file. */
#include <wchar.h>

__declspec(dllimport) int Py_Main(int count, wchar_t **words);

int wmain(int count, wchar_t **words) {
  return Py_Main(count, words);
}
