// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

// Every signature in this assembly is blittable; `bool` is C's one-byte bool.
[assembly: DisableRuntimeMarshalling]

// Clearing a buffer on the stack takes longer than most functions that have one. Whoever needs zeros says so.
[module: SkipLocalsInit]
