// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Threads and processors.</summary>
internal static unsafe partial class Kernel32
{
    /// <summary>GROUP_AFFINITY: some of the 64 processors of a group.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GROUP_AFFINITY
    {
        internal nuint Mask;
        internal ushort Group;
        internal fixed ushort Reserved[3];
    }

    /// <summary>SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX as it is for RelationProcessorCore.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PROCESSOR_CORE
    {
        internal int Relationship;
        internal uint Size;
        internal byte Flags;
        internal byte EfficiencyClass;
        internal fixed byte Reserved[20];
        internal ushort GroupCount;
        internal GROUP_AFFINITY FirstGroup;
    }

    internal const uint CREATE_SUSPENDED = 0x4;
    internal const uint STACK_SIZE_PARAM_IS_A_RESERVATION = 0x10000;
    internal const uint THREAD_QUERY_LIMITED_INFORMATION = 0x800;
    internal const uint DUPLICATE_SAME_ACCESS = 0x2;
    internal const uint WAIT_OBJECT_0 = 0;
    internal const ushort ALL_PROCESSOR_GROUPS = 0xFFFF;
    internal const int RelationProcessorCore = 0;
    internal const int ProcessorsOfGroup = 64;

    [DllImport(Library)]
    internal static extern nint CreateThread(
        void* security, nuint stackSize, void* start, void* argument, uint flags, uint* id);

    [DllImport(Library)]
    internal static extern uint ResumeThread(nint thread);

    [DllImport(Library)]
    internal static extern int TerminateThread(nint thread, uint exitCode);

    [DllImport(Library)]
    internal static extern uint WaitForSingleObject(nint handle, uint milliseconds);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern uint GetCurrentThreadId();

    /// <summary>A number that means the calling thread, whichever that is: no handle to give away.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern nint GetCurrentThread();

    [DllImport(Library)]
    internal static extern int DuplicateHandle(
        nint sourceProcess, nint handle, nint targetProcess, nint* copy, uint access, int isInherited, uint options);

    [DllImport(Library)]
    internal static extern nint OpenThread(uint access, int isInherited, uint id);

    [DllImport(Library)]
    internal static extern int SetThreadGroupAffinity(nint thread, GROUP_AFFINITY* affinity, GROUP_AFFINITY* previous);

    [DllImport(Library)]
    internal static extern void Sleep(uint milliseconds);

    [DllImport(Library)]
    internal static extern uint GetActiveProcessorCount(ushort group);

    [DllImport(Library)]
    internal static extern int GetNumaHighestNodeNumber(uint* highest);

    [DllImport(Library)]
    internal static extern int GetNumaNodeProcessorMaskEx(ushort node, GROUP_AFFINITY* processors);

    [DllImport(Library)]
    internal static extern int GetLogicalProcessorInformationEx(int relationship, void* buffer, uint* size);

    [DllImport(Library)]
    internal static extern int IsProcessorFeaturePresent(uint feature);

    [DllImport(Library)]
    internal static extern int IsDebuggerPresent();

    [DllImport(Library)]
    internal static extern void DebugBreak();
}

/// <summary>What kernel32 passes on to only since later releases.</summary>
internal static unsafe class KernelBase
{
    private const string Library = "kernelbase";

    /// <summary>An HRESULT: negative on failure.</summary>
    [DllImport(Library)]
    internal static extern int SetThreadDescription(nint thread, char* description);

    /// <summary>An HRESULT. The text is freed by LocalFree.</summary>
    [DllImport(Library)]
    internal static extern int GetThreadDescription(nint thread, char** description);
}
