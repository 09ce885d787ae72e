// SPDX-License-Identifier: Apache-2.0
// Object-like macros of the C headers that the managed side uses.
global using static Reseau.Native.Abi.Constants;

namespace Reseau.Native.Abi;

public static class Constants
{
    public const int AWS_OP_SUCCESS = 0;
    public const int AWS_OP_ERR = -1;
}
