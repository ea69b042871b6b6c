using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Schema;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>A parameter with its values: one if it is fixed, one or more, all different, if it is an axis.</summary>
internal sealed record Setting(RunParameter Parameter, Section Section, Place Place, IReadOnlyList<Scalar> Values)
{
    /// <summary>The dotted key.</summary>
    public string Key => Parameter.Key;

    /// <summary>Whether the parameter is an axis.</summary>
    public bool IsAxis => Section != Section.Fixed;

    /// <summary>Reads what a study says of a parameter.</summary>
    /// <exception cref="StudyException">A value is not of the parameter's type, or an axis is none.</exception>
    public static Setting Read(ParameterEntry entry, Vocabulary vocabulary)
    {
        var (parameter, section, place, value) = entry;
        if (section != Section.Fixed)
            return new(parameter, section, place, ReadAxis(entry, vocabulary));
        if (value is ListNode && parameter.Type is not (OperationChain or Epochs))
        {
            throw new StudyException(
                value.Place,
                $"{parameter.Key} is fixed and takes one value; a list stands under scientific or nuisance"
            );
        }
        return new(parameter, section, place, [parameter.Type.Read(parameter.Key, value, vocabulary)]);
    }

    /// <summary>Reads a value, and makes sure that the parameter has it.</summary>
    /// <exception cref="StudyException">The node is no such value, or the parameter never has it.</exception>
    public Scalar ReadOccurring(Node node, Vocabulary vocabulary)
    {
        var value = Parameter.Type.Read(Key, node, vocabulary);
        if (Values.Contains(value))
            return value;
        var hint = IsAxis
            ? Nearest.Hint(value.ToString(), [.. Values.Select(v => v.ToString())])
            : $"; it is fixed at {Values[0]}";
        throw new StudyException(node.Place, $"{Key} is never {value}{hint}");
    }

    /// <summary>A value or operation, its numbers rounded to float32 but whole ones, which count or are seeds.</summary>
    private static string InFloat32(Scalar value) =>
        string.Join(' ', value.ToString().Split('(', ',', ')', '+').Select(InFloat32));

    private static string InFloat32(string part) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number % 1 != 0
            ? CanonicalJson.Number((float)number)
            : part;

    private static List<Scalar> ReadAxis(ParameterEntry entry, Vocabulary vocabulary)
    {
        var (parameter, section, _, node) = entry;
        var items = node switch
        {
            ListNode list => list.Items,
            MapNode map when QuasiRandomPoints.IsMeant(map) => QuasiRandomPoints.Of(map, section),
            _ => [],
        };
        if (items.Count == 0)
        {
            var remedy = node is ScalarNode ? "; a single value stands under fixed" : "";
            throw new StudyException(
                node.Place,
                $"{parameter.Key} under {StudyKeys.Of(section)} expects a list of values, not {node.Description}{remedy}"
            );
        }
        var values = new List<Scalar>();
        var seen = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var value = parameter.Type.Read(parameter.Key, item, vocabulary);
            if (seen.TryAdd(InFloat32(value), value))
                values.Add(value);
            else if (seen[InFloat32(value)] is var first && (first != value || entry.Together is null))
                throw new StudyException(
                    item.Place,
                    first == value
                        ? $"{parameter.Key} has the value {value} twice"
                        : $"{parameter.Key} has the values {first} and {value}, which are one number in float32; delete one"
                );
        }
        return values;
    }
}
