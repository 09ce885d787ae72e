// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Disk;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/file.h&gt;.</summary>
public static unsafe class Exports_reseau_file
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_file_open", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_open(byte* path, int flags, reseau_file_options* options) => FileCalls.Open(path, flags, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_open_start", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_open_start(byte* path, int flags, reseau_file_options* options, reseau_file_done_fn on_open, void* state) => FileCalls.StartOpen(path, flags, options, on_open, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_read", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_read(long file, void* buffer, nuint size, ulong offset) => FileCalls.Do(file, DiskWork.Read, buffer, size, offset);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_read_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_read_start(long file, void* buffer, nuint size, ulong offset, reseau_file_done_fn done, void* state) => FileCalls.Start(file, DiskWork.Read, buffer, size, offset, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_write", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_write(long file, void* data, nuint size, ulong offset) => FileCalls.Do(file, DiskWork.Write, data, size, offset);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_write_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_write_start(long file, void* data, nuint size, ulong offset, reseau_file_done_fn done, void* state) => FileCalls.Start(file, DiskWork.Write, data, size, offset, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_sync", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_sync(long file) => (int)FileCalls.Do(file, DiskWork.Sync, null, 0, 0);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_sync_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_sync_start(long file, reseau_file_done_fn done, void* state) => FileCalls.Start(file, DiskWork.Sync, null, 0, 0, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_truncate", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_truncate(long file, ulong length) => (int)FileCalls.Do(file, DiskWork.Truncate, null, 0, length);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_truncate_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_truncate_start(long file, ulong length, reseau_file_done_fn done, void* state) => FileCalls.Start(file, DiskWork.Truncate, null, 0, length, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_info", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_info(long file, reseau_file_info* info) => (int)FileCalls.Do(file, DiskWork.Info, info, 0, 0);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_info_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_info_start(long file, reseau_file_info* info, reseau_file_done_fn done, void* state) => FileCalls.Start(file, DiskWork.Info, info, 0, 0, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_info_of", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_file_info_of(byte* path, reseau_file_info* info) => FileCalls.InfoOf(path, info);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_load", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_load(byte* path, void** data, nuint limit) => FileCalls.Load(path, data, limit);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_load_start", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_load_start(byte* path, nuint limit, reseau_file_options* options, reseau_file_loaded_fn done, void* state) => FileCalls.StartLoad(path, limit, options, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_store", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_store(byte* path, void* data, nuint length, reseau_file_options* options) => FileCalls.Store(path, data, length, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_store_start", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_store_start(byte* path, void* data, nuint length, reseau_file_options* options, reseau_file_done_fn done, void* state) => FileCalls.StartStore(path, data, length, options, done, state);

    [UnmanagedCallersOnly(EntryPoint = "reseau_file_watch", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_file_watch(byte* path, reseau_file_options* options, reseau_file_change_fn on_change, void* state) => FileWatch.Start(path, options, on_change, state);
}
