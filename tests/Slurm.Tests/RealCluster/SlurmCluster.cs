using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Slurm.Tests.RealCluster;

/// <summary>
/// A Slurm cluster of its own on this machine: munged, slurmctld and a slurmd for each node, ended when it is disposed of.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "unshare"];

    private readonly string folder = Directory.CreateTempSubdirectory("slurm-").FullName;
    private readonly Dictionary<string, Process> daemons = new(StringComparer.Ordinal);

    /// <summary>A cluster of two nodes with a CPU each.</summary>
    public SlurmCluster()
        : this(hidden: null) { }

    /// <summary>A cluster of two nodes with a CPU each.</summary>
    /// <param name="hidden">A folder that the nodes see empty; null for none.</param>
    /// <param name="more">More lines of its configuration.</param>
    internal SlurmCluster(string? hidden, params string[] more)
    {
        Assert.True(Misfit is null, Misfit);
        try
        {
            Configure(more);
            Start("munged", Munged());
            Start("slurmctld", ["slurmctld", "-D"]);
            Nodes = ["node1", "node2"];
            foreach (var node in Nodes)
                StartNode(node, hidden);
            Wait("idle nodes", () => Ask("sinfo", "-h", "-o", "%D %t").Trim() == "2 idle");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why no cluster can be started here, or null.</summary>
    public static string? Misfit { get; } =
        !OperatingSystem.IsLinux() ? "Slurm is for Linux."
        : Environment.UserName != "root" ? "Slurm's daemons are started as root."
        : Array.Find(Programs, name => PathOf(name) is null) is { } missing
            ? $"{missing} is not installed: on Debian, apt-get install slurm-wlm munge."
        : null;

    /// <summary>The names of the nodes.</summary>
    public IReadOnlyList<string> Nodes { get; } = [];

    /// <summary>What a command needs in its environment to find the cluster.</summary>
    public IReadOnlyDictionary<string, string> Environ =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SLURM_CONF"] = ConfigPath,
            // A shell of root may lack the folder of daemons.
            ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin",
        };

    private string ConfigPath => Path.Combine(folder, "slurm.conf");

    private string Socket => Path.Combine(folder, "munge.socket");

    /// <summary>What a command of Slurm prints.</summary>
    public string Ask(string command, params string[] arguments)
    {
        using var process = Process.Start(Info([command, .. arguments]))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }

    /// <summary>The tasks as squeue has them: id, state and node, a line each.</summary>
    public string[] Queue() => Lines(Ask("squeue", "-h", "-r", "-t", "all", "-o", "%i %T %N"));

    /// <summary>The id of a task of a command's job that runs, once one does.</summary>
    internal string RunningTask(Command command)
    {
        var line = "";
        Wait(
            "a running task",
            () =>
                command.Job() is { } job
                && (
                    line =
                        Queue()
                            .FirstOrDefault(task =>
                                task.StartsWith($"{job}_", StringComparison.Ordinal)
                                && task.Contains(" RUNNING ", StringComparison.Ordinal)
                            )
                        ?? ""
                ).Length > 0
        );
        return line.Split(' ')[0];
    }

    /// <summary>Ends all jobs.</summary>
    public void CancelAll()
    {
        Ask("scancel", "--user=root");
        Wait("an end of all jobs", () => Ask("squeue", "-h").Trim().Length == 0);
    }

    /// <summary>Waits until something is so.</summary>
    public void Wait(string what, Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < Patience, $"{what}: not in {Patience}\n{string.Join('\n', Queue())}\n{Log()}");
            Thread.Sleep(50);
        }
    }

    /// <summary>Ends the controller at once.</summary>
    public void KillController() => Kill("slurmctld");

    /// <summary>Starts the controller again.</summary>
    public void RestartController()
    {
        Start("slurmctld", ["slurmctld", "-D"]);
        Wait("the controller", () => Ask("sinfo", "-h", "-o", "%P").Trim() == "main*");
    }

    /// <summary>A node loses its power: its daemon and all that it runs are gone at once.</summary>
    public void KillNode(string node)
    {
        Kill(node);
        foreach (
            var (id, environment) in OurProcesses()
                .Where(process => process.Environment.Contains($"\0SLURMD_NODENAME={node}\0", StringComparison.Ordinal))
        )
        {
            // The parent is the step's daemon.
            Kill(ParentOf(id));
            Kill(id);
        }
    }

    /// <summary>The processes that tasks run.</summary>
    public IReadOnlyList<int> TaskProcesses() =>
        [
            .. OurProcesses()
                .Where(process => process.Environment.Contains("\0SLURM_ARRAY_TASK_ID=", StringComparison.Ordinal))
                .Select(process => process.Id),
        ];

    /// <summary>Kills a process.</summary>
    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        foreach (var name in daemons.Keys.ToList())
            Kill(name);
        // What the nodes started outlives them.
        foreach (var (id, _) in OurProcesses())
            Kill(id);
        Directory.Delete(folder, recursive: true);
    }

    private void Configure(string[] more)
    {
        File.WriteAllBytes(
            Path.Combine(folder, "munge.key"),
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(1024)
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, "munge.key"), UnixFileMode.UserRead);
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        var host = Dns.GetHostName().Split('.')[0];
        var ports = FreePorts(3);
        File.WriteAllLines(
            ConfigPath,
            [
                "ClusterName=tests",
                $"SlurmctldHost={host}(127.0.0.1)",
                $"SlurmctldPort={ports[0]}",
                "AuthType=auth/munge",
                $"AuthInfo=socket={Socket},cred_expire=5",
                "SlurmUser=root",
                "SlurmdUser=root",
                $"StateSaveLocation={folder}/state",
                $"SlurmdSpoolDir={folder}/spool-%n",
                $"SlurmctldPidFile={folder}/slurmctld.pid",
                $"SlurmdPidFile={folder}/%n.pid",
                $"SlurmctldLogFile={folder}/slurmctld.log",
                $"SlurmdLogFile={folder}/%n.log",
                "ProctrackType=proctrack/linuxproc",
                "TaskPlugin=task/none",
                "JobCompType=jobcomp/filetxt",
                $"JobCompLoc={folder}/jobcomp.log",
                "SelectType=select/cons_tres",
                "SelectTypeParameters=CR_CPU",
                "SchedulerType=sched/builtin",
                "SchedulerParameters=batch_sched_delay=0,sched_interval=1",
                "SlurmdParameters=config_overrides",
                "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny",
                "ReturnToService=2",
                "SlurmdTimeout=10",
                "KillWait=2",
                "MpiDefault=none",
                .. more,
                .. new[] { 1, 2 }.Select(i =>
                    $"NodeName=node{i} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[i]} CPUs=1"
                ),
                "PartitionName=main Nodes=ALL Default=YES",
            ]
        );
    }

    private string[] Munged() =>
        [
            "munged",
            "--foreground",
            "--force",
            $"--key-file={folder}/munge.key",
            $"--socket={Socket}",
            $"--pid-file={folder}/munged.pid",
            $"--log-file={folder}/munged.log",
            $"--seed-file={folder}/munged.seed",
        ];

    /// <summary>Starts a node.</summary>
    public void StartNode(string node) => StartNode(node, hidden: null);

    private void StartNode(string node, string? hidden) =>
        Start(
            node,
            hidden is null
                ? ["slurmd", "-D", "-N", node]
                : ["unshare", "--mount", "sh", "-c", $"mount -t tmpfs none '{hidden}' && exec slurmd -D -N {node}"]
        );

    private void Start(string name, string[] command)
    {
        var process = Process.Start(Info(command))!;
        // Nobody reads what daemons print beside their logs.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        daemons[name] = process;
        if (name == "munged")
            SpinWait.SpinUntil(() => File.Exists(Socket), Patience);
    }

    private void Kill(string name)
    {
        if (!daemons.Remove(name, out var daemon))
            return;
        daemon.Kill();
        daemon.WaitForExit();
        daemon.Dispose();
    }

    private ProcessStartInfo Info(string[] command)
    {
        var start = new ProcessStartInfo(PathOf(command[0])!, command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environ)
            start.Environment[name] = value;
        return start;
    }

    // All processes that know of the cluster.
    private IEnumerable<(int Id, string Environment)> OurProcesses()
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (
                !int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || id == Environment.ProcessId
            )
                continue;
            string environment;
            try
            {
                environment = "\0" + File.ReadAllText(Path.Combine(path, "environ"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (environment.Contains($"\0SLURM_CONF={ConfigPath}\0", StringComparison.Ordinal))
                yield return (id, environment);
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            // The name, in parentheses, may hold anything; behind it come state and parent.
            var fields = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return -1;
        }
    }

    private string Log() =>
        File.Exists(Path.Combine(folder, "slurmctld.log"))
            ? string.Join('\n', File.ReadLines(Path.Combine(folder, "slurmctld.log")).TakeLast(20))
            : "";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, listener => listener.Start());
        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    private static string? PathOf(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(place => Path.Combine(place, program))
            .FirstOrDefault(File.Exists);
}
