using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Commands;

/// <summary>Shows one run.</summary>
public sealed class ShowCommand(Session session)
{
    /// <summary>Prints a run's parameters, the parts of its key, its outcome and its curves.</summary>
    /// <param name="id">The run's id, or the beginning of just one run's.</param>
    /// <exception cref="PipelineException">No study has such a run, or several have.</exception>
    public void Run(string id)
    {
        var found = new RunSearch(session).Find(id, Mode.Plan);
        session.Output.WriteLine($"run {found[0].Run.Id} of {string.Join(", ", found.Select(f => f.Flow.Plan.Study))}");
        Show(found[0].Flow.LookUp(found[0].Run));
    }

    private void Show(StudyRun run)
    {
        Section("parameters", run.Run.Spec.Keys.Select(key => (key, run.Run.Spec[key].ToString())));
        if (run.Key is { } key)
        {
            Section(
                $"key {key.Digest}",
                key.Inputs.Entries.Select(e => ($"input {e.Key}", e.Value))
                    .Concat(key.Code.Entries.Select(e => ($"code {e.Key}", e.Value)))
                    .Concat(key.Backend.Entries.Select(e => ($"backend {e.Key}", e.Value)))
            );
        }
        if (run.Result is not { } result)
        {
            session.Output.WriteLine($"outcome: not run yet ({run.Reason})");
            return;
        }
        var how =
            result.Outcome == RunOutcome.Diverged ? $"diverged at step {result.Steps}: {result.Reason}" : "completed";
        session.Output.WriteLine($"outcome: {how}");
        if (result.Restarts is { Count: > 0 } restarts)
            Section("restarts", restarts.Select(Told));
        Section("metrics", result.Metrics.Select(metric => (metric.Key, Number(metric.Value))));
        if (result.Weights is { } weights)
            Section("digest of the trained weights", [("sha256", weights)]);
        ShowCurves(result.Curves);
    }

    private static (string, string) Told(RunRestart restart) =>
        (
            $"epoch {restart.Epoch}, step {restart.Step}",
            $"{restart.Reason}: on from {(restart.From == 0 ? "the initial weights" : $"the end of epoch {restart.From}")}, "
                + $"learning rate × {restart.Factor.ToString("R", CultureInfo.InvariantCulture)}"
        );

    private void ShowCurves(SortedDictionary<string, double[]> curves)
    {
        if (curves.Count == 0)
            return;
        session.Output.WriteLine("epoch  " + string.Join("  ", curves.Keys));
        for (var epoch = 0; epoch < curves.Values.Min(curve => curve.Length); epoch++)
            session.Output.WriteLine(
                $"{epoch + 1, 5}  {string.Join("  ", curves.Select(curve => Number(curve.Value[epoch]).PadLeft(curve.Key.Length)))}"
            );
    }

    private void Section(string title, IEnumerable<(string Name, string Value)> rows)
    {
        var list = rows.ToList();
        session.Output.WriteLine(title);
        var width = list.Count == 0 ? 0 : list.Max(row => row.Name.Length);
        foreach (var (name, value) in list)
            session.Output.WriteLine($"  {name.PadRight(width)}  {value}");
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is > 0 and < 1e-4 ? "G6" : "0.######", CultureInfo.InvariantCulture);
}
