// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/mutex.h&gt;.</summary>
public static unsafe class Exports_common_mutex
{
    [UnmanagedCallersOnly(EntryPoint = "aws_mutex_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_mutex_init(aws_mutex* mutex) => Mutex.Init(mutex);

    [UnmanagedCallersOnly(EntryPoint = "aws_mutex_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_mutex_clean_up(aws_mutex* mutex) => Mutex.CleanUp(mutex);

    [UnmanagedCallersOnly(EntryPoint = "aws_mutex_lock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_mutex_lock(aws_mutex* mutex) => Mutex.Lock(mutex);

    [UnmanagedCallersOnly(EntryPoint = "aws_mutex_try_lock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_mutex_try_lock(aws_mutex* mutex) => Mutex.TryLock(mutex);

    [UnmanagedCallersOnly(EntryPoint = "aws_mutex_unlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_mutex_unlock(aws_mutex* mutex) => Mutex.Unlock(mutex);
}
