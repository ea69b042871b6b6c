using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// What a stage's outputs depend on, all of it: never a time, a path, a host or a study's name. Two executions with the same key
/// give the same outputs, so one of them can take the other's from the cache.
/// </summary>
public sealed class StageKey
{
    private readonly Func<string> parameters;

    private StageKey(string stage, Func<string> parameters, KeyPart inputs, KeyPart code, KeyPart? backend)
    {
        (Stage, this.parameters, Inputs, Code, Backend) = (stage, parameters, inputs, code, backend ?? KeyPart.Empty);
        Digest = Artifacts.Digest.Of(Json);
    }

    /// <summary>A key.</summary>
    /// <param name="stage">The stage's name, such as <c>train</c>.</param>
    /// <param name="parameters">The canonical JSON object of the parameters that the stage reads.</param>
    /// <param name="inputs">From the name of each input to the digest of its bytes.</param>
    /// <param name="code">
    /// From the name of each component of the stage's code to its hash or version (see <see cref="CodeComponents"/>).
    /// </param>
    /// <param name="backend">What the result depends on besides our code, such as a device; null for nothing.</param>
    public StageKey(string stage, string parameters, KeyPart inputs, KeyPart code, KeyPart? backend = null)
        : this(stage, () => parameters, inputs, code, backend) { }

    /// <summary>A key whose parameters are those of a run.</summary>
    /// <inheritdoc cref="StageKey(string, string, KeyPart, KeyPart, KeyPart)"/>
    public StageKey(string stage, Parameters parameters, KeyPart inputs, KeyPart code, KeyPart? backend = null)
        : this(stage, parameters.ToJson, inputs, code, backend) { }

    /// <summary>The stage's name.</summary>
    public string Stage { get; }

    /// <summary>From the name of each input to the digest of its bytes.</summary>
    public KeyPart Inputs { get; }

    /// <summary>From the name of each component of the stage's code to its hash or version.</summary>
    public KeyPart Code { get; }

    /// <summary>What the result depends on besides our code, such as a device.</summary>
    public KeyPart Backend { get; }

    /// <summary>The key proper: the digest of <see cref="Json"/>.</summary>
    public string Digest { get; }

    /// <summary>
    /// The canonical JSON of all parts. Put together at each call, since that of all runs of a
    /// study would fill the memory.
    /// </summary>
    public string Json =>
        $$"""{"stage":{{Scalar.Of(Stage).Json}},"parameters":{{parameters()}},"inputs":{{Inputs.Json}}"""
        + $$""","code":{{Code.Json}},"backend":{{Backend.Json}}}""";

    /// <inheritdoc/>
    public override string ToString() => $"{Stage} {Digest}";
}
