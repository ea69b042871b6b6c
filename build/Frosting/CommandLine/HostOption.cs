namespace Cake.Frosting;

/// <summary>An option that the host takes for itself.</summary>
/// <param name="Names">Its names with dashes, compared exactly; the first is the one to show.</param>
/// <param name="Summary">One line of help.</param>
/// <param name="Value">What its value stands for, or null for a flag.</param>
internal sealed record HostOption(string[] Names, string Summary, string? Value = null)
{
    public static readonly HostOption Target = new(
        ["--target", "-t", "--Target"],
        "Run this task and what it depends on; may be given again",
        "TASK"
    );
    public static readonly HostOption Exclusive = new(
        ["--exclusive", "-e"],
        "Run the targets alone, without what they depend on"
    );
    public static readonly HostOption DryRun = new(
        ["--dryrun", "--noop", "--whatif"],
        "List the tasks that would run, in order"
    );
    public static readonly HostOption Tree = new(["--tree", "--showtree"], "Show which task depends on which");
    public static readonly HostOption Description = new(
        ["--description", "--descriptions", "--showdescription", "--showdescriptions"],
        "List all tasks with their descriptions"
    );
    public static readonly HostOption Verbosity = new(
        ["--verbosity", "-v"],
        "Quiet, Minimal, Normal (the default), Verbose or Diagnostic, or the first letter",
        "LEVEL"
    );
    public static readonly HostOption WorkingDirectory = new(["--working", "-w"], "Work in this folder", "FOLDER");
    public static readonly HostOption Version = new(["--version", "--ver"], "Print the version");
    public static readonly HostOption Info = new(["--info"], "Print the version of Cake too");
    public static readonly HostOption Help = new(["--help", "-h", "-?"], "Print this help");

    public static HostOption[] All { get; } =
    [Target, Exclusive, DryRun, Tree, Description, Verbosity, WorkingDirectory, Version, Info, Help];

    public static HostOption? Find(string name) => Array.Find(All, o => o.Names.Contains(name, StringComparer.Ordinal));
}
