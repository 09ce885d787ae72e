// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/rw_lock.h&gt;.</summary>
public static unsafe class Exports_common_rw_lock
{
    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_init(aws_rw_lock* @lock) => RwLock.Init(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_rw_lock_clean_up(aws_rw_lock* @lock) => RwLock.CleanUp(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_rlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_rlock(aws_rw_lock* @lock) => RwLock.ReadLock(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_wlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_wlock(aws_rw_lock* @lock) => RwLock.WriteLock(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_try_rlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_try_rlock(aws_rw_lock* @lock) => RwLock.TryReadLock(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_try_wlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_try_wlock(aws_rw_lock* @lock) => RwLock.TryWriteLock(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_runlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_runlock(aws_rw_lock* @lock) => RwLock.ReadUnlock(@lock);

    [UnmanagedCallersOnly(EntryPoint = "aws_rw_lock_wunlock", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_rw_lock_wunlock(aws_rw_lock* @lock) => RwLock.WriteUnlock(@lock);
}
