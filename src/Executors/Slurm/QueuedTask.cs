namespace Pipeline.Executors.Slurm;

/// <summary>A task as squeue tells of it.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Id">The job's id.</param>
/// <param name="Number">The task's number.</param>
/// <param name="State">Its state, such as <c>RUNNING</c>.</param>
/// <param name="Reason">Why it is pending, or why it ended; <c>None</c> for no reason.</param>
/// <param name="Node">Where it runs or ran; empty while it is pending.</param>
internal sealed record QueuedTask(string Job, string Id, int Number, string State, string Reason, string Node)
{
    // What a task is in that ended; in all others it may still do something, those of later versions included.
    private static readonly string[] Ended =
    [
        "BOOT_FAIL",
        "CANCELLED",
        "COMPLETED",
        "DEADLINE",
        "FAILED",
        "NODE_FAIL",
        "OUT_OF_MEMORY",
        "PREEMPTED",
        "REVOKED",
        "TIMEOUT",
    ];

    // Why a task is pending until somebody does something.
    private static readonly string[] Stuck =
    [
        "AccountNotAllowed",
        "BadConstraints",
        "DependencyNeverSatisfied",
        "InvalidAccount",
        "InvalidQOS",
        "JobHeldAdmin",
        "JobHeldUser",
        "PartitionConfig",
        "PartitionDown",
        "PartitionInactive",
        "PartitionNodeLimit",
        "PartitionTimeLimit",
        "QOSNotAllowed",
        "launch failed requeued held",
    ];

    /// <summary>Whether it has ended, in whatever way.</summary>
    public bool HasEnded => Ended.Contains(State, StringComparer.Ordinal);

    /// <summary>Whether it waits to be begun.</summary>
    public bool IsPending => State is "PENDING" or "REQUEUED" or "REQUEUE_HOLD" or "REQUEUE_FED" or "SPECIAL_EXIT";

    /// <summary>Whether it is pending for a reason that doesn't go away by itself.</summary>
    public bool IsStuck => IsPending && Stuck.Contains(Reason, StringComparer.Ordinal);

    /// <summary>Its id as Slurm's commands take it.</summary>
    public string Name => FormattableString.Invariant($"{Id}_{Number}");
}
