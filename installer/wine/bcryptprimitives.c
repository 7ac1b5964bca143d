/* Test-only stand-in for bcryptprimitives.dll (Windows 10 has it, Wine 8 does not): cryptography's Rust asks it for
 * random bytes. They come from the system here too, through RtlGenRandom. */
#include <windows.h>
#define RtlGenRandom SystemFunction036
BOOLEAN NTAPI RtlGenRandom(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length){
  while(length){
    ULONG part = length > 0x10000000 ? 0x10000000 : (ULONG)length;
    if(!RtlGenRandom(buffer, part)) ExitProcess(70);   /* the real one never fails; neither do we go on without chance */
    buffer += part; length -= part; }
  return TRUE; }
