using Pipeline.Artifacts;
using Pipeline.DataSets;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.LossScales;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Networks.Schedules;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.Transforms;
using Pipeline.Stages.Train;

namespace Pipeline.Flow;

/// <summary>The names that studies may use: those of the catalogues.</summary>
internal sealed class StudyVocabulary
{
    /// <summary>Collects the names.</summary>
    public StudyVocabulary(DataSetLibrary dataSets)
    {
        Names = Create(dataSets);
        Digest = Artifacts.Digest.Of(Text(Names));
    }

    /// <summary>All names there are.</summary>
    public Vocabulary Names { get; }

    /// <summary>The digest of every name with its parameters: when it changes, studies are read anew.</summary>
    public string Digest { get; }

    private static Vocabulary Create(DataSetLibrary dataSets) =>
        new()
        {
            Measured = Measured,
            Misfit = run => dataSets.Find(run.Text("dataset")).Shape is { } shape ? Misfit(run, shape) : null,
            Kinds =
            [
                Kind(
                    "activation",
                    ActivationCatalogue.Names,
                    ActivationCatalogue.Parameters,
                    ActivationCatalogue.Create
                ),
                Kind(
                    "initializer",
                    InitializerCatalogue.Names,
                    InitializerCatalogue.Parameters,
                    InitializerCatalogue.Create
                ),
                Kind(
                    "normalization",
                    NormalizationCatalogue.Names,
                    NormalizationCatalogue.Parameters,
                    NormalizationCatalogue.Create
                ),
                Kind("optimizer", OptimizerCatalogue.Names, OptimizerCatalogue.Parameters, OptimizerCatalogue.Create),
                Kind("loss", LossCatalogue.Names, LossCatalogue.Parameters, LossCatalogue.Create),
                Kind("schedule", ScheduleCatalogue.Names, ScheduleCatalogue.Parameters, ScheduleCatalogue.Create),
                Kind("event", RunEventCatalogue.Names, RunEventCatalogue.Parameters, RunEventCatalogue.Create),
                Kind("loss scale", LossScaleCatalogue.Names, LossScaleCatalogue.Parameters, LossScaleCatalogue.Create),
                Kind("metric", MetricCatalogue.Names, MetricCatalogue.Parameters, MetricCatalogue.Create),
                dataSets.Kind(),
                Kind("probe", ProbeCatalogue.Names, ProbeCatalogue.Parameters, ProbeCatalogue.Create),
                Kind("transform", TransformCatalogue.Names, TransformCatalogue.Parameters, TransformCatalogue.Create),
            ],
        };

    private delegate object Creation(string name, ReadOnlySpan<double> arguments);

    private static OperationKind Kind(
        string kind,
        IReadOnlyList<string> names,
        Func<string, IReadOnlyList<(string Name, double? Default)>> parameters,
        Creation create
    ) => new(kind, names, parameters, (name, arguments) => create(name, arguments));

    private static IReadOnlyList<string> Measured(OperationCall probe) =>
        ProbeCatalogue.Create(probe.Name, [.. probe.Arguments]).Names;

    private static string Text(Vocabulary vocabulary) =>
        string.Join('\n', vocabulary.Kinds.SelectMany(kind => kind.Names.Select(name => Text(kind, name))));

    private static string Text(OperationKind kind, string name) =>
        $"{kind.Kind} {name}({string.Join(',', kind.Parameters(name).Select(p => $"{p.Name}={p.Default}"))})"
        + (kind.Kind == "probe" ? string.Join(',', Measured(new(name, []))) : "");

    private static (string Key, string Sentence)? Misfit(Parameters run, IReadOnlyList<int> shape)
    {
        try
        {
            var prepared = Preprocessor.Shape(run, shape);
            // Preprocessing is to blame where the network would fit the data as they are.
            return Trainer.Misfit(run, prepared) is { } misfit && Trainer.Misfit(run, shape) is null
                ? ("preprocessing", misfit.Sentence)
                : Trainer.Misfit(run, prepared);
        }
        catch (InvalidDataException e)
        {
            return ("preprocessing", e.Message);
        }
    }
}
