// SPDX-License-Identifier: Apache-2.0
// The C types "long" and "unsigned long", by which OpenSSL's functions take and return numbers: 32 bits on Windows.
#if RESEAU_WINDOWS
global using c_long = int;
global using c_ulong = uint;
#else
global using c_long = nint;
global using c_ulong = ulong;
#endif
