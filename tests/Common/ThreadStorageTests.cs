// SPDX-License-Identifier: Apache-2.0
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Tests.Architecture;
using Reseau.Native.Tests.DataPath;
using Xunit;

namespace Reseau.Native.Tests.Common;

/// <summary>What the library keeps for each thread is in native memory.</summary>
public unsafe class ThreadStorageTests
{
    private static long s_allocated;
    private static int s_error;
    private static int s_calls;

    [Fact]
    public void TheShimHasRoomForAllOfIt()
    {
        string shim = File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Shim", "thread_storage.c"));
        int words = int.Parse(Regex.Match(shim, @"uint64_t s_storage\[(\d+)\]").Groups[1].Value);
        Assert.Equal(ThreadStorage.Capacity, words * sizeof(ulong));
        Assert.Equal(ThreadStorage.Capacity, sizeof(ThreadStorage));
    }

    [Fact]
    public void AThreadThatUsesAllOfItAllocatesNothingManaged()
    {
        UseAll();
        Launch();
        Launch();
        Assert.Equal(0, s_allocated);
        Assert.Equal(AWS_ERROR_OOM, s_error);
        Assert.Equal(3, s_calls);
    }

    private static void Launch()
    {
        aws_thread thread;
        Threads.Init(&thread, Allocator.Default());
        Assert.Equal(AWS_OP_SUCCESS, Threads.Launch(&thread, &Run, null, null));
        Assert.Equal(AWS_OP_SUCCESS, Threads.Join(&thread));
        Threads.CleanUp(&thread);
    }

    private static void UseAll()
    {
        int flag = 0;
        Errors.Raise(AWS_ERROR_OOM);
        FastRandom.Next();
        OnceFlag.Call(&flag, &Count, null);
        s_error = Errors.LastError();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(void* argument)
    {
        long before = ManagedBytes.Begin();
        UseAll();
        s_allocated = ManagedBytes.Since(before);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Count(void* argument) => s_calls++;
}
