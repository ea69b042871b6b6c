using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Commands;

/// <summary>
/// Words in what two results of a run first differ: in the earliest epoch of a curve, else in what was measured at the end.
/// </summary>
internal static class RunDifference
{
    /// <summary>Such as <c>train_loss of epoch 2 is 0.5 and 0.51</c>; the second value is that of the second result.</summary>
    public static string Of(RunResult x, RunResult y)
    {
        var values = Values(x).Concat(Values(y)).Select(value => value.What).Distinct(StringComparer.Ordinal);
        var (left, right) = (ByName(x), ByName(y));
        foreach (var what in values)
        {
            var (there, here) = (left.GetValueOrDefault(what, "none"), right.GetValueOrDefault(what, "none"));
            if (there != here)
                return $"{what} is {there} and {here}";
        }
        return "the encoding is one and another";
    }

    private static Dictionary<string, string> ByName(RunResult result) =>
        Values(result).ToDictionary(value => value.What, value => value.Value, StringComparer.Ordinal);

    // In the order in which they came about.
    private static IEnumerable<(string What, string Value)> Values(RunResult result)
    {
        var epochs = result.Curves.Values.Select(curve => curve.Length).DefaultIfEmpty().Max();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (name, curve) in result.Curves.Where(curve => epoch < curve.Value.Length))
                yield return ($"{name} of epoch {epoch + 1}", Number(curve[epoch]));
        }
        yield return ("the outcome", $"{result.Outcome}{(result.Reason is { } reason ? $" ({reason})" : "")}");
        yield return ("the number of steps", result.Steps.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in result.Metrics)
            yield return (name, Number(value));
        foreach (var probe in result.Probes ?? [])
        {
            foreach (var (name, value) in probe.Values)
                yield return ($"{name} of {probe.Name} after {probe.Epoch} epochs", Number(value));
        }
        foreach (var (i, restart) in (result.Restarts ?? []).Index())
            yield return (
                $"restart {i + 1}",
                $"{restart.Epoch} {restart.Step} {restart.From} {Number(restart.Factor)}"
            );
        yield return ("the digest of the weights", result.Weights ?? "none");
        yield return ("the list of the test rows that it got right", result.Correct ?? "none");
        yield return ("the table of what it mistook", string.Join(' ', result.Confusion ?? []));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
