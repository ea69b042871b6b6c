using System.Text;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Stages.Expand;

namespace Pipeline.Diff;

/// <summary>Compares two results.</summary>
public sealed class DiffCommand(Session session)
{
    /// <summary>
    /// Tells what differs between the results of two revisions or folders, whether chance explains it, and what
    /// made the difference; on the console and in <c>artifacts/diff.md</c>, for programs in
    /// <c>artifacts/diff.json</c>. No stage runs.
    /// </summary>
    /// <param name="request">What is compared.</param>
    /// <exception cref="PipelineException">
    /// A side can't be found, a file of it is missing or damaged, or there are differences of the kind on which to fail.
    /// </exception>
    public void Run(DiffRequest request)
    {
        var sides = new DiffSides(session.Options);
        var (from, to) = sides.Read(request);
        var report = DiffReport.Of(
            from,
            to,
            Wanted(from, to),
            new(session.Options.Root, sides.Repository, from, to, session.Code.Rooms),
            new(request.Tolerance)
        );
        var page = DiffPage.Render(report);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["diff.md"] = Encoding.UTF8.GetBytes($"{page}{report.Counts}\n"),
            ["diff.json"] = DiffJson.Write(report),
        };
        session.Output.Write(page);
        session.Output.WriteLine(report.Counts);
        ResultsFolder.Install(Path.Combine(session.Options.Root, "artifacts"), files, [], option: null);
        if (report.Studies.FirstOrDefault(study => study.Unreadable is not null) is { } unread)
            throw new PipelineException(
                report.Counts.Unreadable == 1
                    ? unread.Unreadable!
                    : $"{report.Counts.Unreadable} studies are not compared; the first: {unread.Unreadable}"
            );
        if (report.Counts.Fails(request.FailOn))
            throw new PipelineException(
                $"The results differ ({report.Counts.Text}), "
                    + $"on which --fail-on={request.FailOn.ToString().ToLowerInvariant()} fails: artifacts/diff.md tells in what."
            );
    }

    private IReadOnlyList<string> Wanted(DiffSide from, DiffSide to)
    {
        string[] all =
        [
            .. from.Studies.Keys.Union(to.Studies.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        if (session.Options.Experiments.Count == 0)
            return all;
        string[] named = [.. session.Options.Experiments.Select(name => Path.GetFileNameWithoutExtension(name))];
        return Array.Find(named, name => !all.Contains(name, StringComparer.Ordinal)) is not { } missing
            ? [.. all.Where(study => named.Contains(study, StringComparer.Ordinal))]
            : throw new PipelineException(
                $"Neither side has results of '{missing}'"
                    + (Nearest.Of(missing, all) is { } nearest ? $"; the nearest is '{nearest}'" : "")
                    + $": name a study of {from.Name} or {to.Name}."
            );
    }
}
