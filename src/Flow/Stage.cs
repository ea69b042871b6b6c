using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>
/// A stage of a study as a value: what its key is made of, and how its outputs are computed. It does nothing by itself:
/// the <see cref="Evaluator"/> looks it up, computes it, or tells why it is to do.
/// </summary>
internal sealed class Stage
{
    private Parameters? parameters;

    /// <summary>What it is called in keys, such as <c>prepare</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its place in the study, such as <c>dataset digits</c>: one line, by which its last key is remembered.</summary>
    public required string Slot { get; init; }

    /// <summary>Every parameter of the run that it is for; none for a stage of a whole study.</summary>
    public Parameters Spec { get; init; } = Parameters.Empty;

    /// <summary>Which of <see cref="Spec"/> it reads; asked for once its inputs are known, and then kept.</summary>
    public Func<Parameters, Parameters> Reads { get; init; } = spec => spec;

    /// <summary>The parameters that it reads.</summary>
    public Parameters Parameters => parameters ??= Reads(Spec);

    /// <summary>What it works on.</summary>
    public IReadOnlyList<StageInput> Inputs { get; init; } = [];

    /// <summary>The code that it runs for a run's parameters; asked for once its inputs are known.</summary>
    public Func<Parameters, KeyPart> Code { get; init; } = _ => KeyPart.Empty;

    /// <summary>What its outputs depend on besides our code, such as a device.</summary>
    public KeyPart Backend { get; init; } = KeyPart.Empty;

    /// <summary>The goal of which --force does it again; null for a stage that is never forced.</summary>
    public Goal? Goal { get; init; }

    /// <summary>What a stage that needs its outputs says while it is to do, such as "its data set is still to be read".</summary>
    public string StillToDo { get; init; } = "";

    /// <summary>Computes its only output, a large one, which is read where it lies; null for other stages.</summary>
    public Action<Inputs, Stream>? Write { get; init; }

    /// <summary>Computes its outputs, small ones, by name; null for other stages. A stage with neither is computed elsewhere.</summary>
    public Func<Inputs, IReadOnlyDictionary<string, byte[]>>? Make { get; init; }
}
