using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>What is asked of Slurm for the runs of a command; what is null is Slurm's own choice.</summary>
public sealed partial record SlurmOptions
{
    /// <summary>The partition, or several parted by commas.</summary>
    public string? Partition { get; init; }

    /// <summary>The time limit of a task, in one of Slurm's forms, such as <c>02:00:00</c> or <c>1-12</c>.</summary>
    public string? Time { get; init; }

    /// <summary>The CPUs of a task: as many runs train at once. From 1.</summary>
    public int? Cpus { get; init; }

    /// <summary>Generic resources of a task, such as <c>gpu:1</c>.</summary>
    public string? Gres { get; init; }

    /// <summary>The account that is charged.</summary>
    public string? Account { get; init; }

    /// <summary>The most tasks that run at once. From 1.</summary>
    public int? MaxTasks { get; init; }

    /// <summary>More arguments of sbatch, parted by white space.</summary>
    public string? Extra { get; init; }

    /// <summary>How often what a task left undone is submitted again, if no run of it ended. From 0.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long a task is to take: runs are packed accordingly.</summary>
    public TimeSpan Pack { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What starts .NET programs on the nodes; null for the dotnet of this command.</summary>
    public string? Dotnet { get; init; }

    /// <summary>Whether the command ends once all is submitted.</summary>
    public bool Detach { get; init; }

    /// <summary>A task is to take no longer: half of its time limit at most, since times are estimates. To Slurm 0 is no limit.</summary>
    internal TimeSpan LongestPack =>
        Time is not null && ParseTime(Time) is { Ticks: > 0 } limit && limit / 2 < Pack ? limit / 2 : Pack;

    /// <summary>The words of <see cref="Extra"/>.</summary>
    internal IReadOnlyList<string> ExtraWords =>
        Extra?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Checks ranges and forms.</summary>
    /// <exception cref="PipelineException">A value is not possible.</exception>
    public SlurmOptions Validate()
    {
        if (Cpus < 1)
            throw new PipelineException($"--slurm-cpus={Cpus} is not possible: give a number of CPUs from 1.");
        if (MaxTasks < 1)
            throw new PipelineException(
                $"--slurm-max-tasks={MaxTasks} is not possible: give a number of tasks from 1."
            );
        if (Pack < TimeSpan.FromSeconds(1))
            throw new PipelineException(
                "--slurm-pack=0s is not possible: give how long a task is to take, such as 10m."
            );
        if (Time is not null && ParseTime(Time) is null)
        {
            throw new PipelineException(
                $"--slurm-time={Time} is not possible: write it as Slurm does, such as 90 (minutes), 01:30:00 or 1-12 (days-hours)."
            );
        }
        foreach (var word in ExtraWords)
        {
            // The name and the array are by what jobs are found again.
            if (Ours().Match(word) is { Success: true } match)
            {
                throw new PipelineException(
                    $"--slurm-extra may not hold {match.Value}, which the pipeline sets itself: leave it away."
                );
            }
            if (word[0] != '-')
                throw new PipelineException($"--slurm-extra holds '{word}': write each argument as --name=value.");
        }
        return this;
    }

    /// <summary>A time in one of Slurm's forms; null for another text. <c>UNLIMITED</c> is none either.</summary>
    internal static TimeSpan? ParseTime(string text)
    {
        if (TimeForm().Match(text) is not { Success: true } match)
            return null;
        var numbers = Array.ConvertAll(match.Groups["rest"].Value.Split(':'), Number);
        if (match.Groups["days"] is { Success: true, Value: var days })
        {
            return TimeSpan.FromDays(Number(days))
                + TimeSpan.FromHours(numbers[0])
                + TimeSpan.FromMinutes(numbers.ElementAtOrDefault(1))
                + TimeSpan.FromSeconds(numbers.ElementAtOrDefault(2));
        }
        return numbers switch
        {
            [var minutes] => TimeSpan.FromMinutes(minutes),
            [var minutes, var seconds] => TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(seconds),
            _ => TimeSpan.FromHours(numbers[0]) + TimeSpan.FromMinutes(numbers[1]) + TimeSpan.FromSeconds(numbers[2]),
        };

        static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"^((?<days>[0-9]{1,5})-)?(?<rest>[0-9]{1,6}(:[0-9]{1,2}){0,2})\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TimeForm();

    [GeneratedRegex(
        "^(-[JaoeDWM]|--(job-name|array|output|error|chdir|open-mode|parsable|no-requeue|wait|wrap|clusters)(?=$|=))",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Ours();
}
