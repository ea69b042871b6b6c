using Pipeline.Artifacts;
using Pipeline.Stages.Expand.Yaml;

namespace Pipeline.Stages.Expand;

/// <summary>An option <c>--only=key=value</c> or <c>--set=key=value</c>, split up.</summary>
internal sealed record Option(Place Place, string Key, string Text)
{
    /// <summary>The key of one seed, as <c>--only</c> takes it.</summary>
    internal const string Seed = "seed";

    /// <summary>The value as a study would have it; in brackets, or with commas, a list, in braces, a map.</summary>
    /// <exception cref="StudyException">What stands in braces is no map.</exception>
    public Node Value =>
        Text switch
        {
            ['[', .. var inner, ']'] => new ListNode(Place, [.. Separate(inner)]),
            ['{', .. var inner, '}'] => new MapNode(Place, [.. TopLevel.Split(inner, ',').Select(Entry)]),
            _ => Values is { Count: > 1 } values ? new ListNode(Place, values) : new ScalarNode(Place, Text),
        };

    /// <summary>Several values, with commas between.</summary>
    public IReadOnlyList<Node> Values => [.. Separate(Text)];

    /// <summary>The values of an axis, with commas between; what stands in brackets or braces is one.</summary>
    public IReadOnlyList<Node> Alternatives => Text is ['[' or '{', ..] ? [Value] : Values;

    /// <summary>Whether the option is about seeds.</summary>
    public bool IsSeeds => Key is StudyKeys.Seeds or Seed;

    /// <summary>Splits an option's text.</summary>
    /// <exception cref="StudyException">There is no <c>=</c> in it.</exception>
    public static Option Parse(string name, string text)
    {
        var place = new Place($"--{name}={text}");
        var index = Characters.IndexOfInvisible(text);
        if (index >= 0)
            throw new StudyException(place, $"the option holds {Characters.Name(text[index])}; leave it out");
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            return new(place, text[..equals].Trim(), text[(equals + 1)..].Trim());
        var example = name == "set" ? "epochs=5" : "activation=relu,tanh";
        throw new StudyException(place, $"write --{name}=key=value, such as --{name}={example}");
    }

    /// <summary>The part of the grid that <c>--only</c> keeps.</summary>
    /// <exception cref="StudyException">The key is no axis, or a value is not on it.</exception>
    public ValueCondition Narrow(Settings settings, Vocabulary vocabulary)
    {
        var setting = settings.Find(Key, Place);
        return setting.IsAxis
            ? ValueCondition.Read(setting, Values, vocabulary)
            : throw new StudyException(
                Place,
                $"--only takes axes, and {Key} is fixed at {setting.Values[0]}; use --set={Key}=…"
            );
    }

    private MapEntry Entry(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new(text[..colon].Trim(), Place, new ScalarNode(Place, text[(colon + 1)..].Trim()))
            : throw new StudyException(
                Place,
                $"in {Quotation.Of(Text)} {Quotation.Of(text.Trim())} is no key and value, such as at_least: 3"
            );
    }

    private IEnumerable<Node> Separate(string text) =>
        TopLevel.Split(text, ',').Select(part => new ScalarNode(Place, part.Trim()));
}
