// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

// As in the library: `bool` is C's one-byte bool in callbacks.
[assembly: DisableRuntimeMarshalling]
