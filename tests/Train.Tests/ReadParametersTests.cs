using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class ReadParametersTests
{
    private static readonly string[] OfPreprocess = ["preprocessing", "split.seed", "split.test", "split.validation"];

    private static readonly string[] OfAllRuns =
    [
        "activation",
        "batch_size",
        "epochs",
        "initial_bias",
        "initialization",
        "learning_rate",
        "loss",
        "metrics",
        "model.depth",
        "model.dropout",
        "model.kind",
        "model.width",
        "normalization",
        "normalization_affine",
        "normalization_position",
        "optimizer.clip_norm",
        "optimizer.kind",
        "optimizer.weight_decay",
        "probes",
        "schedule",
        "seed",
    ];

    private static readonly Parameters Measured = Spec.With(("probes", Scalar.Of("symmetry")));

    private static readonly Parameters Whole = Parameters.Of(
        Measured
            .Keys.Select(key => KeyValuePair.Create(key, Measured[key]))
            .Concat(OfPreprocess.Append("dataset").Select(key => KeyValuePair.Create(key, Scalar.Of(0L))))
    );

    private static readonly IReadOnlyList<string> OfTrain = Trainer.Reads(Whole).Keys;

    // The data set comes in by content: renaming it is no reason to run anything again.
    [Fact]
    public void Every_parameter_but_the_data_sets_name_is_read_by_a_stage() =>
        Assert.Equal(["dataset"], Whole.Where(key => !Preprocessor.Reads(key) && !OfTrain.Contains(key)).Keys);

    [Fact]
    public void Only_the_seed_is_read_by_both_stages() => Assert.Equal(["seed"], OfTrain.Where(Preprocessor.Reads));

    [Fact]
    public void Train_reads_what_preprocess_leaves() => Assert.Equal(Measured.Keys, OfTrain);

    // A parameter that is new and forgotten here must at least be part of the key.
    [Fact]
    public void Train_reads_what_no_one_knows() =>
        Assert.Contains("model.heads", Trainer.Reads(Also("model.heads", Scalar.Of(1L))).Keys);

    [Theory]
    [InlineData("mlp", "model.kernel", false)]
    [InlineData("cnn", "model.kernel", true)]
    [InlineData("rescnn", "model.pooling", false)]
    public void A_parameter_of_another_kind_of_network_is_not_read(string kind, string key, bool isRead)
    {
        var spec = Also(key, Scalar.Of(3L));
        spec = spec.With([spec.IndexOf("model.kind")], [Scalar.Of(kind)]);
        Assert.Equal(isRead, Trainer.Reads(spec).Keys.Contains(key));
    }

    [Theory]
    [InlineData("sgd", "optimizer.beta1", false)]
    [InlineData("adamw", "optimizer.beta1", true)]
    [InlineData("nesterov", "optimizer.momentum", true)]
    [InlineData("adam", "optimizer.momentum", false)]
    public void A_parameter_of_another_optimizer_is_not_read(string optimizer, string key, bool isRead)
    {
        var spec = key == "optimizer.momentum" ? Spec.Base : Also(key, Scalar.Of(0.5));
        spec = spec.With([spec.IndexOf("optimizer.kind")], [Scalar.Of(optimizer)]);
        Assert.Equal(isRead, Trainer.Reads(spec).Keys.Contains(key));
    }

    [Fact]
    public void Without_probes_it_makes_no_difference_when_they_would_look() =>
        Assert.Equal(Spec.Base.Keys.Where(key => key != "probe_epochs"), Trainer.Reads(Spec.Base).Keys);

    public static TheoryData<string, string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string, string>();
            foreach (var model in (string[])["mlp", "cnn", "resmlp", "rescnn"])
            {
                foreach (var optimizer in (string[])["adam", "adamw", "nesterov", "sgd"])
                {
                    runs.Add(model, optimizer, "none");
                    runs.Add(model, optimizer, "symmetry");
                }
            }
            return runs;
        }
    }

    // They are part of a run's key: one more or less trains every such run again.
    [Theory]
    [MemberData(nameof(Runs))]
    public void The_names_of_what_train_reads_are_these(string model, string optimizer, string probes)
    {
        string[] sometimes =
        [
            "dataset",
            "model.kernel",
            "model.pooling",
            "optimizer.beta1",
            "optimizer.beta2",
            "optimizer.epsilon",
            "optimizer.momentum",
            "probe_epochs",
        ];
        var spec = Parameters.Of([
            new("model.kind", Scalar.Of(model)),
            new("optimizer.kind", Scalar.Of(optimizer)),
            new("probes", Scalar.Of(probes)),
            .. OfAllRuns
                .Concat(sometimes)
                .Concat(OfPreprocess)
                .Except(["model.kind", "optimizer.kind", "probes"])
                .Select(key => KeyValuePair.Create(key, Scalar.Of(0L))),
        ]);
        string[] more =
        [
            .. model == "cnn" ? ["model.kernel", "model.pooling"] : Array.Empty<string>(),
            .. optimizer is "adam" or "adamw"
                ? ["optimizer.beta1", "optimizer.beta2", "optimizer.epsilon"]
                : new[] { "optimizer.momentum" },
            .. probes == "none" ? [] : new[] { "probe_epochs" },
        ];

        Assert.Equal(OfAllRuns.Concat(more).Order(StringComparer.Ordinal), Trainer.Reads(spec).Keys);
        Assert.Equal(
            ["preprocessing", "seed", "split.seed", "split.test", "split.validation"],
            spec.Where(Preprocessor.Reads).Keys
        );
    }

    private static Parameters Also(string key, Scalar value) =>
        Parameters.Of(
            Spec.Base.Keys.Select(k => KeyValuePair.Create(k, Spec.Base[k])).Append(KeyValuePair.Create(key, value))
        );
}
