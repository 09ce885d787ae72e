// SPDX-License-Identifier: Apache-2.0
// Which system's leaves keep the contracts of this folder. All leaves are compiled everywhere; those that nobody calls,
// and what they import, are not in the library.
#if RESEAU_WINDOWS
global using BacktraceLeaf = Reseau.Native.Platform.Windows.WindowsBacktrace;
global using ClockLeaf = Reseau.Native.Platform.Windows.WindowsClock;
global using ConditionVariableLeaf = Reseau.Native.Platform.Windows.WindowsConditionVariable;
global using CpuFeaturesLeaf = Reseau.Native.Platform.Windows.WindowsCpuFeatures;
global using CpuTopologyLeaf = Reseau.Native.Platform.Windows.WindowsCpuTopology;
global using DebuggerLeaf = Reseau.Native.Platform.Windows.WindowsDebugger;
global using DescriptorsLeaf = Reseau.Native.Platform.Windows.WindowsDescriptors;
global using DirectoriesLeaf = Reseau.Native.Platform.Windows.WindowsDirectories;
global using DynamicLibraryLeaf = Reseau.Native.Platform.Windows.WindowsDynamicLibrary;
global using EnvironmentVariablesLeaf = Reseau.Native.Platform.Windows.WindowsEnvironmentVariables;
global using ErrorNumbersLeaf = Reseau.Native.Platform.Windows.WindowsErrorNumbers;
global using FilesLeaf = Reseau.Native.Platform.Windows.WindowsFiles;
global using FolderWatchLeaf = Reseau.Native.Platform.Windows.WindowsFolderWatch;
global using HeapLeaf = Reseau.Native.Platform.Windows.WindowsHeap;
global using InterfacesLeaf = Reseau.Native.Platform.Windows.WindowsInterfaces;
global using LocalTimeLeaf = Reseau.Native.Platform.Windows.WindowsLocalTime;
global using MemoryUsageLeaf = Reseau.Native.Platform.Windows.WindowsMemoryUsage;
global using MutexLeaf = Reseau.Native.Platform.Windows.WindowsMutex;
global using NetworkLeaf = Reseau.Native.Platform.Windows.WindowsNetwork;
global using ProcessesLeaf = Reseau.Native.Platform.Windows.WindowsProcesses;
global using RandomBytesLeaf = Reseau.Native.Platform.Windows.WindowsRandomBytes;
global using RwLockLeaf = Reseau.Native.Platform.Windows.WindowsRwLock;
global using SemaphoreLeaf = Reseau.Native.Platform.Windows.WindowsSemaphore;
global using SignalsLeaf = Reseau.Native.Platform.Windows.WindowsSignals;
global using SortingLeaf = Reseau.Native.Platform.Windows.WindowsSorting;
global using StandardStreamsLeaf = Reseau.Native.Platform.Windows.WindowsStandardStreams;
global using StdioLeaf = Reseau.Native.Platform.Windows.WindowsStdio;
global using SystemInfoLeaf = Reseau.Native.Platform.Windows.WindowsSystemInfo;
global using ThreadLeaf = Reseau.Native.Platform.Windows.WindowsThread;
#else
global using BacktraceLeaf = Reseau.Native.Platform.Posix.PosixBacktrace;
global using ClockLeaf = Reseau.Native.Platform.Posix.PosixClock;
global using ConditionVariableLeaf = Reseau.Native.Platform.Posix.PosixConditionVariable;
global using CpuFeaturesLeaf = Reseau.Native.Platform.Posix.PosixCpuFeatures;
global using CpuTopologyLeaf = Reseau.Native.Platform.Posix.PosixCpuTopology;
global using DebuggerLeaf = Reseau.Native.Platform.Posix.PosixDebugger;
global using DescriptorsLeaf = Reseau.Native.Platform.Posix.PosixDescriptors;
global using DirectoriesLeaf = Reseau.Native.Platform.Posix.PosixDirectories;
global using DynamicLibraryLeaf = Reseau.Native.Platform.Posix.PosixDynamicLibrary;
global using EnvironmentVariablesLeaf = Reseau.Native.Platform.Posix.PosixEnvironmentVariables;
global using ErrorNumbersLeaf = Reseau.Native.Platform.Posix.PosixErrorNumbers;
global using FilesLeaf = Reseau.Native.Platform.Posix.PosixFiles;
global using FolderWatchLeaf = Reseau.Native.Platform.Posix.PosixFolderWatch;
global using HeapLeaf = Reseau.Native.Platform.Posix.PosixHeap;
global using InterfacesLeaf = Reseau.Native.Platform.Posix.PosixInterfaces;
global using LocalTimeLeaf = Reseau.Native.Platform.Posix.PosixLocalTime;
global using MemoryUsageLeaf = Reseau.Native.Platform.Posix.PosixMemoryUsage;
global using MutexLeaf = Reseau.Native.Platform.Posix.PosixMutex;
global using NetworkLeaf = Reseau.Native.Platform.Posix.PosixNetwork;
global using ProcessesLeaf = Reseau.Native.Platform.Posix.PosixProcesses;
global using RandomBytesLeaf = Reseau.Native.Platform.Posix.PosixRandomBytes;
global using RwLockLeaf = Reseau.Native.Platform.Posix.PosixRwLock;
global using SemaphoreLeaf = Reseau.Native.Platform.Posix.PosixSemaphore;
global using SignalsLeaf = Reseau.Native.Platform.Posix.PosixSignals;
global using SortingLeaf = Reseau.Native.Platform.Posix.PosixSorting;
global using StandardStreamsLeaf = Reseau.Native.Platform.Posix.PosixStandardStreams;
global using StdioLeaf = Reseau.Native.Platform.Posix.PosixStdio;
global using SystemInfoLeaf = Reseau.Native.Platform.Posix.PosixSystemInfo;
global using ThreadLeaf = Reseau.Native.Platform.Posix.PosixThread;
#endif
