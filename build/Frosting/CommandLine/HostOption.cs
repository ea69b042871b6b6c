namespace Cake.Frosting;

/// <summary>An option that the host takes for itself.</summary>
/// <param name="Names">Its names with dashes, compared exactly; the first is the one to show.</param>
/// <param name="Value">What its value stands for, or null for a flag.</param>
/// <param name="Summary">One line of help.</param>
internal sealed record HostOption(string[] Names, string? Value, string Summary)
{
    public static readonly HostOption Target = new(
        ["--target", "-t", "--Target"],
        "TASK",
        "Run this task and what it depends on; may be given again"
    );
    public static readonly HostOption Exclusive = new(
        ["--exclusive", "-e"],
        null,
        "Run the targets alone, without what they depend on"
    );
    public static readonly HostOption DryRun = new(
        ["--dryrun", "--noop", "--whatif"],
        null,
        "List the tasks that would run, in order"
    );
    public static readonly HostOption Tree = new(["--tree", "--showtree"], null, "Show which task depends on which");

    public static readonly HostOption Description = new(
        ["--description", "--descriptions", "--showdescription", "--showdescriptions"],
        null,
        "List all tasks with their descriptions"
    );

    public static readonly HostOption Verbosity = new(
        ["--verbosity", "-v"],
        "LEVEL",
        "Quiet, Minimal, Normal (the default), Verbose or Diagnostic, or the first letter"
    );

    public static readonly HostOption WorkingDirectory = new(["--working", "-w"], "FOLDER", "Work in this folder");
    public static readonly HostOption Version = new(["--version", "--ver"], null, "Print the version");
    public static readonly HostOption Info = new(["--info"], null, "Print the version of Cake too");
    public static readonly HostOption Help = new(["--help", "-h", "-?"], null, "Print this help");

    public static readonly HostOption[] All =
    [
        Target,
        Exclusive,
        DryRun,
        Tree,
        Description,
        Verbosity,
        WorkingDirectory,
        Version,
        Info,
        Help,
    ];

    public bool IsFlag => Value is null;

    public static HostOption? Find(string name) => Array.Find(All, o => o.Names.Contains(name, StringComparer.Ordinal));
}
