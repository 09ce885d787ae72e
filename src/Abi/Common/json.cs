// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/json.h>.
global using unsafe aws_json_on_member_encountered_const_fn = delegate* unmanaged[Cdecl]<
    Reseau.Native.Abi.aws_byte_cursor*, Reseau.Native.Abi.aws_json_value*, bool*, void*, int>;
global using unsafe aws_json_on_value_encountered_const_fn = delegate* unmanaged[Cdecl]<
    nuint, Reseau.Native.Abi.aws_json_value*, bool*, void*, int>;

namespace Reseau.Native.Abi;

public struct aws_json_value;
