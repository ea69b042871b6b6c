using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Numerics;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>
/// The values of a tuned axis that is written <c>{quasi_random: 'log(0.001, 1)', points: 8}</c>. Point i, from 1, lies
/// at the share of the range that the digits of i in base 2 give, mirrored at the point: ½, ¼, ¾, ⅛, … (van der
/// Corput's sequence). It is the same for all axes, which form a grid like others; more points keep those that were
/// there. Values are rounded to six significant digits.
/// </summary>
internal static class QuasiRandomPoints
{
    private const string Range = "quasi_random";
    private const string Count = "points";

    private static readonly WholeNumber Points = new(1, 1_000);

    /// <summary>Whether a map is meant to be such an axis.</summary>
    public static bool IsMeant(MapNode map) => map.Entries.Any(entry => entry.Key is Range or Count);

    /// <summary>The values as the study would have written them, in the order of the sequence.</summary>
    /// <exception cref="StudyException">The map has other keys, or a range or count that can't be.</exception>
    public static IReadOnlyList<Node> Of(MapNode map, Section section)
    {
        if (section != Section.Nuisance)
            throw new StudyException(
                map.Place,
                $"{Range} points are for tuned axes; list the values of one that is compared"
            );
        var other = map.Entries.FirstOrDefault(entry => entry.Key is not (Range or Count));
        if (other is not null)
            throw new StudyException(
                other.Place,
                $"{Range} points have no key {Quotation.Of(other.Key)}{Nearest.Hint(other.Key, [Range, Count])}"
            );
        var range = Entry(map, Range);
        var count = Entry(map, Count);
        var points =
            Points.ReadInteger(count.Value) ?? throw ParameterType.Unexpected(Count, Points.Expectation, count.Value);
        var (isLog, low, high) = ReadRange(range.Value);
        return
        [
            .. Enumerable
                .Range(1, points)
                .Select(i => new ScalarNode(range.Value.Place, Text(isLog, low, high, Share((uint)i)))),
        ];
    }

    private static MapEntry Entry(MapNode map, string key) =>
        map.Find(key)
        ?? throw new StudyException(
            map.Place,
            $"the axis has no {key}; it is written like {{{Range}: 'log(0.001, 1)', {Count}: 8}}"
        );

    private static (bool IsLog, double Low, double High) ReadRange(Node node)
    {
        if (
            node is not ScalarNode { Value.IsText: true, Text: var text }
            || Call(text) is not { Name: "log" or "uniform", Arguments: [var low, var high] } call
        )
        {
            throw ParameterType.Unexpected(Range, "log(a, b) or uniform(a, b)", node);
        }
        if (low >= high)
            throw new StudyException(node.Place, $"{Quotation.Of(text)} is empty; its first number is the smaller one");
        return call.Name == "uniform" || low > 0
            ? (call.Name == "log", low, high)
            : throw new StudyException(
                node.Place,
                $"{Quotation.Of(text)} begins with no number greater than 0; use uniform{text.Trim()["log".Length..]}"
            );
    }

    private static OperationCall? Call(string text)
    {
        try
        {
            return OperationCall.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static double Share(uint index)
    {
        var mirrored = 0u;
        for (var bit = 0; bit < 32; bit++)
            mirrored |= ((index >> bit) & 1) << (31 - bit);
        return mirrored / 4294967296.0;
    }

    private static string Text(bool isLog, double low, double high, double share)
    {
        var (start, end) = isLog ? (Float64.Log(low), Float64.Log(high)) : (low, high);
        var value = (start * (1 - share)) + (end * share);
        // The format rounds exactly.
        var rounded = (isLog ? Float64.Exp(value) : value).ToString("E5", CultureInfo.InvariantCulture);
        return CanonicalJson.Number(double.Parse(rounded, CultureInfo.InvariantCulture));
    }
}
