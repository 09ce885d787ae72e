// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The calendar functions of &lt;time.h&gt;.</summary>
internal static unsafe class PosixLocalTime
{
    internal static tm FromSeconds(long seconds)
    {
        nint time = (nint)seconds;
        tm fields = default;
        Libc.localtime_r(&time, &fields);
        return fields;
    }

    internal static long ToSeconds(tm* fields) => Libc.mktime(fields);

    internal static long UtcToSeconds(tm* fields) => Libc.timegm(fields);
}
