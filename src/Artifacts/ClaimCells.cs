namespace Pipeline.Artifacts;

/// <summary>Finds the cells that a claim is about.</summary>
public static class ClaimCells
{
    /// <summary>
    /// Which cells a choice allows, by their numbers (see <see cref="Plan"/>), whether a plan has them or not. A
    /// choice without an axis of the metric allows lines of one cell; a line along one holds a cell for each of its
    /// values, in their order. Where the best is asked for, there is a line for each combination of values along those
    /// axes, in the order of the plan.
    /// </summary>
    /// <param name="scientific">The scientific axes.</param>
    /// <param name="choice">The choice; axes of a single value need no mention.</param>
    /// <param name="metricAxis">The axis over which the metric is taken, or null.</param>
    /// <exception cref="InvalidOperationException">The choice leaves an axis open, or names a value that the axis lacks.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Lines(
        IReadOnlyList<Axis> scientific,
        CellChoice choice,
        string? metricAxis
    )
    {
        IReadOnlyList<int> starts = [0];
        IReadOnlyList<int> steps = [0];
        foreach (var axis in scientific)
        {
            var count = axis.Values.Count;
            var all = Enumerable.Range(0, count);
            var isOfMetric = axis.Key == metricAxis;
            var fromStart =
                isOfMetric ? [0]
                : choice.Best.Contains(axis.Key, StringComparer.Ordinal) || count == 1 ? all
                : [IndexOf(axis, choice)];
            var fromStep = isOfMetric ? all : [0];
            starts = [.. starts.SelectMany(start => fromStart.Select(index => (start * count) + index))];
            steps = [.. steps.SelectMany(step => fromStep.Select(index => (step * count) + index))];
        }
        return [.. starts.Select(start => (IReadOnlyList<int>)[.. steps.Select(step => start + step)])];
    }

    private static int IndexOf(Axis axis, CellChoice choice)
    {
        for (var i = 0; choice.Values.TryGet(axis.Key, out var value) && i < axis.Values.Count; i++)
        {
            if (axis.Values[i] == value)
                return i;
        }
        throw new InvalidOperationException($"The claim's cell has no value of the axis '{axis.Key}'.");
    }
}
