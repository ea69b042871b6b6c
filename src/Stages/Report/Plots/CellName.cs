using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Names cells in pictures.</summary>
internal static class CellName
{
    /// <summary>A cell by its values from an axis on, <c>activation=relu normalization=batch</c>.</summary>
    public static string Of(IReadOnlyList<Axis> axes, CellRow cell, int from = 0) => Of(axes.Index().Skip(from), cell);

    /// <summary>A cell by its values on some axes.</summary>
    public static string Of(IEnumerable<(int Index, Axis Axis)> axes, CellRow cell) =>
        string.Join(' ', axes.Select(axis => $"{axis.Axis.Key}={cell.Values[axis.Index]}"));

    /// <summary>A cell by the bare values of the axes that differ between cells, <c>relu, batch</c>.</summary>
    public static string Short(IEnumerable<(int Index, Axis Axis)> axes, CellRow cell) =>
        string.Join(", ", axes.Select(axis => cell.Values[axis.Index]));

    /// <summary>Where an axis stands among those of a study, which has it.</summary>
    public static int Position(IReadOnlyList<Axis> axes, string key) =>
        axes.Index().First(axis => axis.Item.Key == key).Index;

    /// <summary>The cells in the order of an axis' values, then of the plan.</summary>
    public static IReadOnlyList<CellRow> Ordered(StudyTables tables, int axis)
    {
        var order = tables.Plan.Scientific[axis].Values.Index().ToDictionary(value => value.Item, value => value.Index);
        return [.. tables.Cells.OrderBy(cell => order[cell.Values[axis]])];
    }

    /// <summary>The axes, with their positions, on which some cells differ.</summary>
    public static IReadOnlyList<(int Index, Axis Axis)> Differing(
        IReadOnlyList<Axis> axes,
        IReadOnlyList<CellRow> cells
    ) => [.. axes.Index().Where(axis => cells.Select(cell => cell.Values[axis.Index]).Distinct().Skip(1).Any())];
}
