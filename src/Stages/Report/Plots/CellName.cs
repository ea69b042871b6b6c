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
    public static string Short(IEnumerable<(int Index, Axis Axis)> axes, CellRow cell) => string.Join(", ", axes.Select(axis => cell.Values[axis.Index]));

    /// <summary>The axes, with their positions, on which some cells differ.</summary>
    public static IReadOnlyList<(int Index, Axis Axis)> Differing(IReadOnlyList<Axis> axes, IReadOnlyList<CellRow> cells) =>
        [.. axes.Index().Where(axis => cells.Select(cell => cell.Values[axis.Index]).Distinct().Skip(1).Any())];
}
