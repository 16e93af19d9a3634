using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ServiceDesk.Host.Scripting.Workers;

/// <summary>
/// What a worker gives up on Windows, the twin of what it gives up itself on Linux: the job object it is put into starts no
/// other process, takes no more memory than its limit, sees no desktop, and ends it when this server ends, however that comes.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsJob : IDisposable
{
    private const int BasicUserInterface = 4;
    private const int ExtendedLimits = 9;
    private const uint ActiveProcess = 0x8;
    private const uint ProcessMemory = 0x100;
    private const uint DieOnException = 0x400;
    private const uint KillOnClose = 0x2000;
    private const uint AllOfUserInterface = 0xFF;

    private readonly SafeFileHandle job;

    private WindowsJob(SafeFileHandle job) => this.job = job;

    /// <summary>Puts a process into a job of its own; null when the system does not let it, and the watch of the server stands alone.</summary>
    /// <param name="memory">The most bytes that it takes.</param>
    public static WindowsJob? Around(Process process, long memory)
    {
        var made = CreateJobObject(0, null);
        if (made.IsInvalid || !Limit(made, memory) || !AssignProcessToJobObject(made, process.SafeHandle))
        {
            made.Dispose();
            return null;
        }

        return new WindowsJob(made);
    }

    public void Dispose() => job.Dispose();

    private static bool Limit(SafeFileHandle around, long memory)
    {
        var limits = new Extended
        {
            Basic = new Basic
            {
                LimitFlags = ActiveProcess | ProcessMemory | DieOnException | KillOnClose,
                ActiveProcessLimit = 1,
            },
            ProcessMemoryLimit = (nuint)memory,
        };
        var restrictions = AllOfUserInterface;
        return SetLimits(around, ExtendedLimits, in limits, (uint)Marshal.SizeOf<Extended>())
            && SetRestrictions(around, BasicUserInterface, in restrictions, sizeof(uint));
    }

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateJobObject(nint attributes, string? name);

    [DllImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetLimits(SafeFileHandle job, int kind, in Extended limits, uint length);

    [DllImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetRestrictions(SafeFileHandle job, int kind, in uint restrictions, uint length);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    // JOBOBJECT_BASIC_LIMIT_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct Basic
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: the counters of IO stand between.
    [StructLayout(LayoutKind.Sequential)]
    private struct Extended
    {
        public Basic Basic;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
